/** What a build shows of the releases that it worked on. Small values only; the truth is in Git and in the registry. */
package io.jenkins.plugins.darwin.jenkins.run;
