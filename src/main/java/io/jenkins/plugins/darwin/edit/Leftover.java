package io.jenkins.plugins.darwin.edit;

/**
 * A line that still has a version from before the bump.
 *
 * @param line first is 1
 * @param version the one that it has
 * @param text the line, fit to be shown
 */
public record Leftover(String file, int line, String version, String text) {}
