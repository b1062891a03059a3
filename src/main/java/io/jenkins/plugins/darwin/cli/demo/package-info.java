/** The demonstration: a whole release of a small project, all of it real. */
package io.jenkins.plugins.darwin.cli.demo;
