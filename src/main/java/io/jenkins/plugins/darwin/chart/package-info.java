/** Helm charts: packages with the same bytes for the same commit, and the artifact that {@code helm install oci://} takes. */
package io.jenkins.plugins.darwin.chart;
