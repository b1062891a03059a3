package io.jenkins.plugins.darwin.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the variables of curl, git and docker mean to us. */
class NetworkSettingsTest {
    private static final URI FAR = URI.create("https://registry.example.org/v2/");

    private static Optional<ProxyServer> proxy(Map<String, String> environment, String uri) {
        return NetworkSettings.ofEnvironment(environment).proxyFor(URI.create(uri));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
    void anyVariableNamesTheProxyForTls(String name) {
        Optional<ProxyServer> proxy = proxy(Map.of(name, "http://proxy.example.org:3128"), FAR.toString());
        assertThat(proxy.orElseThrow()).hasToString("proxy.example.org:3128 (" + name + ")");
        assertThat(proxy(Map.of(name, "http://p:1"), "https://localhost:5000/")).isEmpty();
    }

    @Test
    void eachSchemeHasItsOwnAndLowerCaseGoesFirst() {
        Map<String, String> both =
                Map.of("http_proxy", "a:1", "HTTP_PROXY", "b:2", "https_proxy", "c:3", "all_proxy", "d:4");
        assertThat(proxy(both, "http://x.example/").orElseThrow().host()).isEqualTo("a");
        assertThat(proxy(both, "https://x.example/").orElseThrow().port()).isEqualTo(3);
        assertThat(proxy(Map.of("http_proxy", "a:1"), "https://x.example/")).isEmpty();
        assertThat(proxy(Map.of("https_proxy", " "), "https://x.example/")).isEmpty();
    }

    @Test
    void aClientsHeaderIsNoSettingOfACgiScript() {
        assertThat(proxy(Map.of("HTTP_PROXY", "evil:1", "REQUEST_METHOD", "GET"), "http://x.example/"))
                .isEmpty();
        assertThat(proxy(Map.of("http_proxy", "good:1", "REQUEST_METHOD", "GET"), "http://x.example/"))
                .isPresent();
    }

    @Test
    void aPasswordMayHoldAnythingAndIsNeverShown() {
        ProxyServer proxy = ProxyServer.parse("http://us%40er:p%3A%2F+@@proxy.example.org:8080/", "https_proxy");
        assertThat(proxy.login().user()).isEqualTo("us@er");
        assertThat(proxy.login().password()).isEqualTo("p:/+@");
        assertThat(proxy.host()).isEqualTo("proxy.example.org");
        assertThat(proxy.authorization()).contains("Basic dXNAZXI6cDovK0A=");
        assertThat(proxy + " " + proxy.login() + " " + NetworkSettings.none().withProxy(proxy))
                .doesNotContain("p:/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://x:1",
                "http://",
                "http://u:secret@",
                "socks5://u:secret@x:1",
                "http://x:99999",
                "ht tp://x"
            })
    void whatIsNoProxyIsRefusedWithoutItsSecret(String value) {
        assertThatThrownBy(() -> ProxyServer.parse(value, "https_proxy"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("https_proxy")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "*;registry.example.org;443;true",
                "example.org;registry.example.org;443;true",
                ".example.org;registry.example.org;443;true",
                ".example.org;example.org;443;true",
                "*.example.org;registry.example.org;443;true",
                "registry.*;registry.example.org;443;true",
                "reg*.org;registry.example.org;443;true",
                "EXAMPLE.org;Registry.Example.ORG.;443;true",
                "example.org;badexample.org;443;false",
                "example.org;example.org.evil.net;443;false",
                "registry.example.org:5000;registry.example.org;5000;true",
                "registry.example.org:5000;registry.example.org;443;false",
                "a.example, registry.example.org;registry.example.org;443;true",
                "a.example registry.example.org;registry.example.org;443;true",
                "a.example|registry.example.org;registry.example.org;443;true",
                "10.0.0.0/8;10.200.3.4;443;true",
                "10.0.0.0/8;11.0.0.1;443;false",
                "10.128.0.0/9;10.127.0.1;443;false",
                "10.0.0.0/8;ten.example.org;443;false",
                "fd00::/8;[fd12::1];443;true",
                "fd00::/8;[fe80::1];443;false",
                "0.0.0.0/0;192.0.2.1;443;true",
                "192.0.2.1;192.0.2.1;443;true",
                "2.1;192.0.2.1;443;false",
                "'';localhost;443;true",
                "'';app.localhost;80;true",
                "'';127.8.8.8;80;true",
                "'';[::1];80;true",
                "'';registry.example.org;443;false",
                "10.0.0.0/x,/8,:80,,;registry.example.org;443;false"
            })
    void noProxyTakesEveryForm(String value, String host, int port, boolean covered) {
        assertThat(NoProxy.parse(value).covers(host, port)).isEqualTo(covered);
    }

    @Test
    void starsInNoProxyTakeNoTime() {
        String stars = "a*".repeat(5_000) + "b";
        assertThat(NoProxy.parse(stars).covers("a".repeat(10_000), 443)).isFalse();
    }

    @Test
    void whatOneDoesNotSayIsTakenFromAnother() {
        NetworkSettings controller = NetworkSettings.none().withProxy(ProxyServer.parse("jenkins:1", "Jenkins"));
        NetworkSettings agent = NetworkSettings.ofEnvironment(Map.of("https_proxy", "agent:2", "no_proxy", "*"));
        assertThat(controller.or(agent).proxyFor(FAR).orElseThrow().host()).isEqualTo("jenkins");
        assertThat(NetworkSettings.none().or(agent).https().host()).isEqualTo("agent");
        assertThat(NetworkSettings.none().or(agent).proxyFor(FAR)).isEmpty();
    }

    @Test
    void goesOverTheWireToAnAgent() throws Exception {
        NetworkSettings sent = NetworkSettings.ofEnvironment(
                Map.of("https_proxy", "http://u:p@proxy:1", "no_proxy", "a.example,b.example"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(sent);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(sent);
        }
    }

    @Test
    void aBundleMustHoldCertificates(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("ca.pem");
        assertThatThrownBy(() -> NetworkSettings.bundle(file, "--cacert"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("--cacert")
                .hasMessageContaining(file.toString());
        for (String text : List.of(
                "",
                "hello",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----")) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> NetworkSettings.bundle(file, "SSL_CERT_FILE"))
                    .as(text)
                    .isInstanceOf(RuntimeException.class);
        }
    }
}
