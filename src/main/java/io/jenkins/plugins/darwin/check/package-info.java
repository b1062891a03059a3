/** What must hold of a candidate, each as one check with its subject and what was found. */
package io.jenkins.plugins.darwin.check;
