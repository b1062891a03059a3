package io.jenkins.plugins.darwin.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AllowedHostsTest {
    @Test
    void nothingListedIsEveryHost() {
        assertThat(AllowedHosts.parse(null).permits("any.example.org")).isTrue();
        assertThat(AllowedHosts.parse(" ,\n").permits("any.example.org")).isTrue();
    }

    @Test
    void aNameIsThatHostAlone() {
        AllowedHosts hosts = AllowedHosts.parse("Chat.Example.org\nb.example.org");
        assertThat(hosts.permits("chat.example.ORG")).isTrue();
        assertThat(hosts.permits("chat.example.org.")).isTrue();
        assertThat(hosts.permits("b.example.org")).isTrue();
        assertThat(hosts.permits("a.chat.example.org")).isFalse();
        assertThat(hosts.permits("example.org")).isFalse();
    }

    @Test
    void aStarIsWhatIsBelow() {
        AllowedHosts hosts = AllowedHosts.parse("*.example.org");
        assertThat(hosts.permits("a.example.org")).isTrue();
        assertThat(hosts.permits("a.b.example.org")).isTrue();
        assertThat(hosts.permits("example.org")).isFalse();
        assertThat(hosts.permits(".example.org")).isFalse();
        assertThat(hosts.permits("badexample.org")).isFalse();
    }

    @Test
    void whatIsNoHostIsNamed() {
        assertThat(AllowedHosts.parse("a.example.org, *.b.example.org [::1] 10.0.0.1")
                        .malformed())
                .isNull();
        assertThat(AllowedHosts.parse("a.example.org, https://b").malformed()).isEqualTo("https://b");
        assertThat(AllowedHosts.parse("*").malformed()).isEqualTo("*");
        assertThat(AllowedHosts.parse("a.example.org:443").malformed()).isEqualTo("a.example.org:443");
    }
}
