package io.jenkins.plugins.darwin.jenkins.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer stays small however much was said in the vote, and everything can still be asked for. */
class GatePagesTest {
    private static ObjectNode state(int events) {
        ObjectNode state = new ObjectMapper().createObjectNode();
        ArrayNode history = state.putArray("history");
        for (int i = 0; i < events; i++) {
            history.add(i);
        }
        state.putArray("ballots").add("one");
        return state;
    }

    private static ObjectNode cut(int events, String from, String count) {
        ObjectNode state = state(events);
        Map<String, String[]> parameters = new HashMap<>();
        parameters.put("from", from == null ? null : new String[] {from});
        parameters.put("count", count == null ? new String[0] : new String[] {count});
        GatePages.cut(state, parameters);
        return state;
    }

    @Test
    void aShortVoteIsToldWhole() {
        ObjectNode state = cut(3, null, null);
        assertThat(state.get("history")).hasSize(3);
        assertThat(state.get("historyFrom").asInt()).isZero();
        assertThat(state.get("historyTotal").asInt()).isEqualTo(3);
        assertThat(state.get("ballots")).hasSize(1);
    }

    @Test
    void ofALongOneTheLastAreTold() {
        ObjectNode state = cut(5_000, null, null);
        assertThat(state.get("history")).hasSize(GatePages.USUAL);
        assertThat(state.get("history").get(GatePages.USUAL - 1).asInt()).isEqualTo(4_999);
        assertThat(state.get("historyFrom").asInt()).isEqualTo(4_500);
        assertThat(state.get("historyTotal").asInt()).isEqualTo(5_000);
    }

    @Test
    void everyPageCanBeAskedFor() {
        ObjectNode state = cut(5_000, "2000", "700");
        assertThat(state.get("history")).hasSize(700);
        assertThat(state.get("history").get(0).asInt()).isEqualTo(2_000);
        assertThat(cut(5_000, "0", "9999").get("history")).hasSize(GatePages.MOST);
        assertThat(cut(10, "9999", "5").get("history")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "99999999", "1e3"})
    void whatIsNoNumberIsRefused(String from) {
        assertThatThrownBy(() -> cut(10, from, null)).isInstanceOf(ReleaseException.class);
    }
}
