/**
 * Changes values inside files (YAML, JSON, TOML, or what a regular expression finds), and only their characters:
 * comments, quotes, line endings and spacing stay; parsing the result again proves it.
 */
package io.jenkins.plugins.darwin.edit;
