#include "decide/balance.h"

#include <math.h>

void balance_begin(struct balance *balance)
{
    *balance = (struct balance){0};
}

void balance_add(struct balance *balance, double probability, size_t words)
{
    size_t step = (size_t)(probability * (BALANCE_STEPS - 1) + 0.5);

    balance->words[step] += (double)words;
    balance->article[step] += probability * (double)words;
}

double balance_f1(const struct balance *balance)
{
    double all = 0, kept = 0, right = 0, best = 0;

    for (size_t step = 0; step < BALANCE_STEPS; step++)
        all += balance->article[step];
    if (all <= 0)
        return 0;
    for (size_t step = BALANCE_STEPS; step-- > 0;) {
        kept += balance->words[step];
        right += balance->article[step];
        best = fmax(best, 2 * right / (kept + all));
    }
    return best;
}
