package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A directory of OCI image layouts, one for each repository, at its path. */
final class LayoutRegistry implements Registry {
    static final String PREFIX = "oci-layout:";
    /** What a layout is made of: a repository of such a name would lie inside another one's files. */
    private static final Set<String> TAKEN = Set.of("blobs", "index.json", "oci-layout");

    private final Path root;
    private final RegistryOptions options;

    LayoutRegistry(Path root, RegistryOptions options) {
        this.root = root;
        this.options = options;
    }

    @Override
    public String location() {
        return PREFIX + root;
    }

    @Override
    public Repository repository(String path) {
        List<String> parts = List.of(Names.repository(path).split("/"));
        if (parts.stream().anyMatch(TAKEN::contains)) {
            throw ReleaseException.usage(
                    "Not the name of a repository in a layout: expected no part called blobs, index.json"
                            + " or oci-layout, found '" + path + "'.");
        }
        return new LayoutRepository(root, new LayoutFiles(root.resolve(path)), options);
    }

    @Override
    public void ping() {
        LayoutFiles.requireWritable("reach the registry " + location(), root);
    }
}
