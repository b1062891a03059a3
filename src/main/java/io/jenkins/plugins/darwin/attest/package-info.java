/**
 * Evidence: signed statements on a digest, as strangers' tools read them (in-toto v1 in DSSE in a sigstore bundle), and what
 * each sort of it says.
 */
package io.jenkins.plugins.darwin.attest;
