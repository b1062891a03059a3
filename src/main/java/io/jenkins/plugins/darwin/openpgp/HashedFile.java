package io.jenkins.plugins.darwin.openpgp;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;

/** What one read of a file gave. */
public final class HashedFile implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final long size;
    private final Digest sha512;
    private final Digest sha256;
    private final byte[] signable;

    HashedFile(String name, long size, Digest sha512, Digest sha256, byte[] signable) {
        this.name = Objects.requireNonNull(name);
        this.size = size;
        this.sha512 = Objects.requireNonNull(sha512);
        this.sha256 = sha256;
        this.signable = signable;
    }

    /** The file's own name, without folders. */
    public String name() {
        return name;
    }

    /** Bytes read. */
    public long size() {
        return size;
    }

    public Digest sha512() {
        return sha512;
    }

    /** Present when it was asked for. */
    public Optional<Digest> sha256() {
        return Optional.ofNullable(sha256);
    }

    /** SHA-512 of the content and the trailer, for {@link DetachedSigner#sign}; present when a trailer was given. */
    public Optional<byte[]> signable() {
        return Optional.ofNullable(signable).map(byte[]::clone);
    }

    /**
     * The line of {@code sha512sum}: digest, two spaces, name, line feed.
     *
     * @throws ReleaseException usage, for a name that sha512sum would have to escape
     */
    public String checksumLine() {
        if (name.indexOf('\\') >= 0 || name.chars().anyMatch(Character::isISOControl)) {
            throw ReleaseException.usage("Not a name for a checksum file: '" + Text.shown(name)
                    + "' has a backslash or a control character; rename the file.");
        }
        return sha512.hex() + "  " + name + "\n";
    }

    @Override
    public String toString() {
        return name + " " + size + " " + sha512.abbreviated();
    }
}
