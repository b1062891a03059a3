package io.jenkins.plugins.darwin.jenkins.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.jenkins.config.AllowedHosts;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.Test;

class VoteWebhookTest {
    private static final AllowedHosts ANY = AllowedHosts.parse(null);

    /** The key and message of test case 2 of RFC 4231, behind a time stamp. */
    @Test
    void signsBodyAndTimeStamp() throws GeneralSecurityException {
        byte[] body = "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);
        assertThat(VoteWebhook.hmac("Jefe", "1735689600", body))
                .isEqualTo("2301cdfa9f1886de4b266c4db58c072d4e2571d85a2a8983e05485ff0e663799")
                .isNotEqualTo(VoteWebhook.hmac("Jefe", "1735689601", body));
    }

    @Test
    void takesAddressesOfServersWithoutAPassword() {
        VoteWebhook.check(null, ANY);
        VoteWebhook.check("https://chat.example.org/hooks/1", ANY);
        for (String bad : List.of(
                "chat.example.org",
                "file:///etc/passwd",
                "https://user:secret@chat.example.org/",
                "https:///x",
                "https://a b/")) {
            assertThatThrownBy(() -> VoteWebhook.check(bad, ANY))
                    .as(bad)
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("webhook")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void anotherHostThanTheAdministratorAllowsIsRefused() {
        AllowedHosts allowed = AllowedHosts.parse("chat.example.org, *.hooks.example.org");
        VoteWebhook.check("https://CHAT.example.org:8443/hooks/1", allowed);
        VoteWebhook.check("https://a.hooks.example.org/1", allowed);
        for (String other : List.of(
                "http://127.0.0.1:9200/",
                "http://[::1]/",
                "http://169.254.169.254/latest",
                "https://chat.example.org.evil.org/",
                "https://evilchat.example.org/",
                "https://hooks.example.org/1",
                "https://evil.org/?chat.example.org",
                "https://evil.org/#@chat.example.org")) {
            assertThatThrownBy(() -> VoteWebhook.check(other, allowed))
                    .as(other)
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("not allowed")
                    .hasMessageContaining("chat.example.org, *.hooks.example.org");
        }
    }
}
