package io.jenkins.plugins.darwin.jenkins.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.Test;

class VoteWebhookTest {
    /** Test case 2 of RFC 4231. */
    @Test
    void signsAsTheStandardSays() throws GeneralSecurityException {
        assertThat(VoteWebhook.hmac("Jefe", "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void takesAddressesOfServersWithoutAPassword() {
        VoteWebhook.check(null);
        VoteWebhook.check("https://chat.example.org/hooks/1");
        for (String bad : List.of(
                "chat.example.org",
                "file:///etc/passwd",
                "https://user:secret@chat.example.org/",
                "https:///x",
                "https://a b/")) {
            assertThatThrownBy(() -> VoteWebhook.check(bad))
                    .as(bad)
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("webhook")
                    .hasMessageNotContaining("secret");
        }
    }
}
