/** A page about one release, {@code report.html}, from plain records: no input or output, no scripts, no outside resources. */
package io.jenkins.plugins.darwin.report;
