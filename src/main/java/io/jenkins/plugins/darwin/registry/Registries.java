package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Opens registries by their location. */
public final class Registries {
    private Registries() {}

    /** The server of a location, {@code host[:port]} in lower case; empty for a folder, and for what is no location. */
    public static Optional<String> host(String location) {
        try {
            return location.startsWith(LayoutRegistry.PREFIX)
                    ? Optional.empty()
                    : Optional.of(ServerLocation.parse(location, Set.of()).host());
        } catch (ReleaseException e) {
            return Optional.empty();
        }
    }

    /**
     * Opens a registry; nothing is asked of it yet ({@link Registry#ping} does that).
     *
     * @param location {@code host[:port][/path]}, or {@code oci-layout:PATH}, relative to the options' layout base
     * @throws ReleaseException (USAGE) when it is neither
     */
    public static Registry open(String location, RegistryOptions options) {
        if (!location.startsWith(LayoutRegistry.PREFIX)) {
            return new ServerRegistry(ServerLocation.parse(location, options.insecureHosts()), options);
        }
        String path = location.substring(LayoutRegistry.PREFIX.length());
        try {
            if (!path.isEmpty()) {
                return new LayoutRegistry(
                        options.layoutBase()
                                .resolve(Path.of(path))
                                .toAbsolutePath()
                                .normalize(),
                        options);
            }
        } catch (InvalidPathException e) {
            // told below
        }
        throw ReleaseException.usage(
                "Not the location of a layout: expected oci-layout:PATH, found '" + Json.printable(location) + "'.");
    }
}
