/**
 * The use cases: what a release manager does, each as observe, plan, apply. Nothing is remembered between runs but what
 * Git and the registries hold.
 */
package io.jenkins.plugins.darwin.release;
