/** What runs in an agent's JVM, and what crosses the wire: our own and the JDK's types only, and never a key. */
package io.jenkins.plugins.darwin.jenkins.remote;
