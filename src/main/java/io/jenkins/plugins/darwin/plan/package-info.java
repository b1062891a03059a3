/** Observe, plan, apply: what a use case will change, in order, and what became of it. */
package io.jenkins.plugins.darwin.plan;
