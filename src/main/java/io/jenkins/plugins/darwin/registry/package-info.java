/**
 * OCI registries: a client of the distribution API 1.1 on {@code java.net.http}, and OCI image layout directories, behind
 * one interface. Nothing here knows what a release is.
 */
package io.jenkins.plugins.darwin.registry;
