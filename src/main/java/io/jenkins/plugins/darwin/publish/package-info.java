/** Where a release appears: one class a publisher, each with its changes and their place in the order of a promotion. */
package io.jenkins.plugins.darwin.publish;
