/** The vote gate: the step that waits, the ballots on disk, who may vote, the page, and what the vote leaves behind. */
package io.jenkins.plugins.darwin.jenkins.vote;
