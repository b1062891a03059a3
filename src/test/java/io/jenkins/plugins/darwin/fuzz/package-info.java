/** Readers of foreign bytes, fed with anything. */
package io.jenkins.plugins.darwin.fuzz;
