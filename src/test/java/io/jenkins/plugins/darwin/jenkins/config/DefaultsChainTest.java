package io.jenkins.plugins.darwin.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DefaultsChainTest {
    private final ReleaseDefaults folder = new ReleaseDefaults();
    private final ReleaseDefaults global = new ReleaseDefaults();
    private final DefaultsChain chain = new DefaultsChain(List.of(folder, global));

    @Test
    void nearestValueWins() {
        global.setRepository("https://git.example.org/global.git");
        assertThat(chain.value(null, ReleaseDefaults::getRepository)).contains("https://git.example.org/global.git");
        folder.setRepository("https://git.example.org/folder.git");
        assertThat(chain.value(null, ReleaseDefaults::getRepository)).contains("https://git.example.org/folder.git");
        assertThat(chain.value("https://git.example.org/own.git", ReleaseDefaults::getRepository))
                .contains("https://git.example.org/own.git");
    }

    @Test
    void nothingAnywhereIsEmpty() {
        assertThat(chain.value(null, ReleaseDefaults::getSigningKey)).isEmpty();
    }

    /** An untouched field of a form arrives as an empty text, and must not hide what is configured further out. */
    @Test
    void emptyFieldIsNoValue() {
        global.setSigningKey("release-key");
        folder.setSigningKey("  ");
        assertThat(chain.value(null, ReleaseDefaults::getSigningKey)).contains("release-key");
    }

    @Test
    void numbersHaveDefaultsToo() {
        global.setQuorum(2);
        assertThat(chain.value(null, ReleaseDefaults::getQuorum)).contains(2);
        assertThat(chain.value(null, ReleaseDefaults::getHours)).isEmpty();
    }
}
