/** Campaigns against the whole chain: processes killed, wires that lie, people at the same moment, registries that clean up. */
package io.jenkins.plugins.darwin.torture;
