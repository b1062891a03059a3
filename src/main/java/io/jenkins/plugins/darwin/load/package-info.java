/** Load tests: reads the samples of several tools, and tells better, same or worse with what is known of chance. */
package io.jenkins.plugins.darwin.load;
