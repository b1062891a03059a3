package io.jenkins.plugins.darwin.attest;

import io.jenkins.plugins.darwin.model.Severity;

/**
 * One thing that a scan found.
 *
 * @param id the rule's name: {@code CVE-2026-1234}, {@code java/sql-injection}; foreign text
 */
public record Finding(String id, Severity severity) {}
