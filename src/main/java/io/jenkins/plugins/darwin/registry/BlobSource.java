package io.jenkins.plugins.darwin.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a blob's bytes come from. Opened anew for each attempt to send them; each stream gives the same bytes. */
@FunctionalInterface
public interface BlobSource {
    InputStream open() throws IOException;

    static BlobSource of(byte[] bytes) {
        return () -> new java.io.ByteArrayInputStream(bytes);
    }

    static BlobSource of(Path file) {
        return () -> Files.newInputStream(file);
    }
}
