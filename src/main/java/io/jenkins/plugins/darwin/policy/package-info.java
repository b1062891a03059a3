/** What may come onto a release branch after the cut, and who let something else pass. */
package io.jenkins.plugins.darwin.policy;
