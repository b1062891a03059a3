/** Defaults for the steps' arguments: for a controller, and for a folder. */
package io.jenkins.plugins.darwin.jenkins.config;
