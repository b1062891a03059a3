/**
 * The released repository, through JGit: a kept bare mirror, commits made in memory, atomic pushes. No work tree, no
 * {@code git} executable (but see {@link io.jenkins.plugins.darwin.git.GitMirror#push}), no JGit type in a public signature.
 */
package io.jenkins.plugins.darwin.git;
