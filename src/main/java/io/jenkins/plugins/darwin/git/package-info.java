/**
 * The released repository, through JGit: a kept bare mirror, commits made in memory, atomic pushes. No work tree, no
 * {@code git} executable (only a push into a folder starts it, for its hooks), no JGit type in a public signature.
 */
package io.jenkins.plugins.darwin.git;
