/** A controller with a project to release: what the tests on a real Jenkins have in common. */
package io.jenkins.plugins.darwin.jenkins.site;
