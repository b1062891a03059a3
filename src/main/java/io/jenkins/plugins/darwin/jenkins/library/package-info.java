/** The files of {@code vars/} as a shared library that every pipeline has. */
package io.jenkins.plugins.darwin.jenkins.library;
