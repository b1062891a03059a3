/** Reads and writes {@code darwin-release.yaml}: every problem at once, each with its line and the nearest valid key. */
package io.jenkins.plugins.darwin.config;
