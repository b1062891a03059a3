/** Archives with the same bytes for the same commit: source archives, and the writers that charts and images share. */
package io.jenkins.plugins.darwin.archive;
