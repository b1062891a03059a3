package io.jenkins.plugins.darwin.registry;

/** Opens registries by their location. */
public final class Registries {
    private Registries() {
    }

    /**
     * Opens a registry; nothing is asked of it yet ({@link Registry#ping} does that).
     *
     * @param location {@code host[:port][/path]}, or {@code oci-layout:PATH}, relative to the options' layout base
     */
    public static Registry open(String location, RegistryOptions options) {
        throw new UnsupportedOperationException(location + options);
    }
}
