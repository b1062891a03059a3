/** Values and their rules, with no input or output: what a version, a candidate, a digest or a configuration is. */
package io.jenkins.plugins.darwin.model;
