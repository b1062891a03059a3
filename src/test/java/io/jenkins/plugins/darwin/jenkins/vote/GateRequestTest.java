package io.jenkins.plugins.darwin.jenkins.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.vote.CheckMark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateRequestTest {
    private static GateRequest json(String text) throws IOException {
        return GateRequest.ofJson(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void jsonAndFormSayTheSame() throws IOException {
        GateRequest form = GateRequest.ofForm(Map.of(
                "choice",
                new String[] {"+1"},
                "reason",
                new String[] {" fine "},
                "check:installation",
                new String[] {"PASSED"},
                "check:upgrade",
                new String[] {""}));
        GateRequest json = json(
                "{\"choice\":\"+1\",\"reason\":\" fine \",\"checks\":{\"installation\":\"passed\",\"upgrade\":\"\"}}");
        for (GateRequest request : new GateRequest[] {form, json}) {
            assertThat(request.required("choice")).isEqualTo("+1");
            assertThat(request.optional("reason")).isEqualTo("fine");
            assertThat(request.marks()).isEqualTo(Map.of("installation", CheckMark.PASSED));
        }
    }

    @Test
    void numbersCountAsTheirText() throws IOException {
        assertThat(json("{\"choice\":-1,\"id\":null}").required("choice")).isEqualTo("-1");
        assertThat(json("{\"choice\":0,\"id\":null}").optional("id")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "null", "{\"choice\":", "{\"choice\":{}}", "{\"choice\":\"+1\",\"choice\":\"-1\"}"})
    void whatIsNoRequestIsRefusedInASentence(String body) {
        assertThatThrownBy(() -> json(body))
                .isInstanceOfSatisfying(
                        ReleaseException.class, e -> assertThat(e.kind()).isEqualTo(ReleaseException.Kind.USAGE));
    }

    /** Which of the two would count? */
    @Test
    void aFieldThatIsThereTwiceIsRefused() {
        assertThatThrownBy(() -> GateRequest.ofForm(Map.of("choice", new String[] {"+1", "-1"})))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("'choice' is there 2 times");
    }

    @Test
    void marksAreForgivingAboutCaseAndNothingElse() {
        assertThat(GateRequest.mark("x", "not-run")).isEqualTo(CheckMark.NOT_RUN);
        assertThatThrownBy(() -> GateRequest.mark("x", "ok"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("expected PASSED, FAILED");
    }

    @Test
    void aMissingFieldIsNamed() throws IOException {
        GateRequest request = json("{}");
        assertThatThrownBy(() -> request.required("digest"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("'digest' is missing");
    }
}
