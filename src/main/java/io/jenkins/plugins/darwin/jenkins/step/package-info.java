/** The pipeline steps. Each is a use case of the engine with a form, a help text and credentials. */
package io.jenkins.plugins.darwin.jenkins.step;
