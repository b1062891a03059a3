/** Where a candidate is kept: its folder on disk, its artifact in a registry, and what is attached to it. */
package io.jenkins.plugins.darwin.candidate;
