/** What every kind of content answers: what it makes of a commit, where that is found, and what must hold of it. */
package io.jenkins.plugins.darwin.kind;
