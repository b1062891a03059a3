package io.jenkins.plugins.darwin.registry;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A registry behind HTTP. */
final class ServerRegistry implements Registry {
    private final Transport transport;

    ServerRegistry(ServerLocation server, RegistryOptions options) {
        this.transport = new Transport(server, options);
    }

    @Override
    public String location() {
        String prefix = transport.place().prefix();
        return transport.place().host() + (prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1));
    }

    @Override
    public Repository repository(String path) {
        Names.repository(path);
        return new ServerRepository(
                transport, Names.repository(transport.place().prefix() + path));
    }

    @Override
    public void ping() {
        String action = "reach the registry " + transport.place().host();
        Transport.Fetched answer = transport.fetch(
                new Transport.Call(
                        action,
                        "GET",
                        transport.server().base().resolve("/v2/"),
                        Map.of(),
                        Wire.Body.NONE,
                        List.of(),
                        Set.of(200)),
                65536);
        // Registries answer {} or nothing; a web page here means that something else listens.
        if (answer.head().contentType().contains("html")) {
            throw Reasons.failure(action, "a web page answers there, not a registry", null);
        }
    }
}
