/**
 * OpenPGP signatures, made and checked (RFC 9580, v4 signatures as gpg 2 makes them).
 *
 * <p>Whoever hashes and whoever signs are two objects with a {@link SigningTrailer} between them: the one with the files
 * is a {@link FileHasher}, the one with the key a {@link DetachedSigner}. So a key never travels to where the files are.
 *
 * <p>Every signature of ours says in its hashed area what it is for ({@link SignedFor}), and a reader says what it expects.
 */
package io.jenkins.plugins.darwin.openpgp;
