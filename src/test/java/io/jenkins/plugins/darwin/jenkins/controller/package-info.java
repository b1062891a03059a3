/** Checks against the jars of a real controller, for builds that have compiled against src/jenkins-api instead. */
package io.jenkins.plugins.darwin.jenkins.controller;
