package io.jenkins.plugins.darwin.network;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The way to each host by the settings; where they say nothing about proxies, the JVM's own properties count. */
public final class Routes extends ProxySelector {
    private final NetworkSettings network;
    private final Map<ProxyServer, ProxyBridge> bridges = new ConcurrentHashMap<>();

    public Routes(NetworkSettings network) {
        this.network = network;
    }

    /** The one way to an address. */
    public Proxy to(URI uri) {
        Optional<ProxyServer> proxy = network.proxyFor(uri);
        if (proxy.isEmpty()) {
            ProxySelector jvm = ProxySelector.getDefault();
            boolean ours = network.hasProxy();
            int port = uri.getPort() >= 0 ? uri.getPort() : 443;
            return ours
                            || jvm == null
                            || uri.getHost() == null
                            || network.without().covers(uri.getHost(), port)
                    ? Proxy.NO_PROXY
                    : jvm.select(uri).stream().findFirst().orElse(Proxy.NO_PROXY);
        }
        ProxyServer server = proxy.get();
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        if (server.scheme().equals("http") && (server.login() == null || !tls)) {
            return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(server.host(), server.port()));
        }
        if (!tls) {
            throw ReleaseException.usage("Plain http can't go through the proxy " + server
                    + ": expected an http:// proxy for it; set http_proxy, or name the host in no_proxy.");
        }
        try {
            int port = uri.getPort() >= 0 ? uri.getPort() : 443;
            return new Proxy(Proxy.Type.HTTP, bridge(server).towards(uri.getHost(), port));
        } catch (IOException e) {
            throw ReleaseException.failed("No way to the proxy " + server + " (" + e.getMessage() + ").", e);
        }
    }

    private ProxyBridge bridge(ProxyServer server) {
        return bridges.computeIfAbsent(server, each -> new ProxyBridge(each, network));
    }

    /** A header that a request over plain http must have for its proxy; empty for https, where the tunnel has it. */
    public Optional<String> authorization(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme())
                ? Optional.empty()
                : network.proxyFor(uri).flatMap(ProxyServer::authorization);
    }

    /**
     * Says what to do about a proxy, if one stands on the way; follows a semicolon.
     *
     * @param status what the client heard of it, or empty text
     */
    public Optional<String> remedy(URI uri, String status) {
        return network.proxyFor(uri).map(server -> {
            ProxyBridge bridge = bridges.get(server);
            String said = bridge == null || bridge.refusal().isEmpty() ? status : bridge.refusal();
            return "it was asked through the proxy " + server
                    + (said.isEmpty() ? "" : ", which said: " + said)
                    + (said.startsWith("407")
                            ? "; its user and password go into that address, http://USER:PASSWORD@HOST:PORT"
                            : "; exempt the host from the proxy when it needs none");
        });
    }

    @Override
    public List<Proxy> select(URI uri) {
        return List.of(to(uri));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // the failure itself is told
    }
}
