package io.jenkins.plugins.darwin.jenkins.config;

import hudson.ProxyConfiguration;
import hudson.util.Secret;
import io.jenkins.plugins.darwin.network.NetworkSettings;
import io.jenkins.plugins.darwin.network.NoProxy;
import io.jenkins.plugins.darwin.network.ProxyServer;
import jenkins.model.Jenkins;

/** How the controller reaches others, by what an administrator set: for itself, and for the engine in an agent. */
public final class ControllerNetwork {
    private static final String SETTING = "Manage Jenkins, System, HTTP Proxy Configuration";

    private ControllerNetwork() {}

    /** Jenkins' own proxy, and the certificate authorities of our settings. Holds the proxy's password: never to be stored. */
    public static NetworkSettings settings() {
        String certificates = DarwinReleasesConfiguration.get().getCertificates();
        NetworkSettings own = NetworkSettings.none().withCertificates(certificates == null ? "" : certificates + "\n");
        ProxyConfiguration proxy = Jenkins.get().getProxy();
        return proxy == null || proxy.name == null ? own : with(own, proxy);
    }

    private static NetworkSettings with(NetworkSettings own, ProxyConfiguration proxy) {
        ProxyServer server = new ProxyServer(
                "http",
                proxy.name,
                proxy.port,
                proxy.getUserName() == null
                        ? null
                        : new ProxyServer.Login(proxy.getUserName(), Secret.toString(proxy.getSecretPassword())),
                SETTING);
        NoProxy without = NoProxy.parse(proxy.getNoProxyHost() == null ? "" : proxy.getNoProxyHost());
        return new NetworkSettings(server, server, without, own.certificates());
    }
}
