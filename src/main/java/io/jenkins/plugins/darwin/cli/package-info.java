/** The {@code darwin} command: arguments, the terminal, the environment. Nothing about releases is decided here. */
package io.jenkins.plugins.darwin.cli;
