/** Release notes from Conventional Commits: pure functions over commit messages, no input or output. */
package io.jenkins.plugins.darwin.notes;
