/** Questions with their answers, where a text is made of such. Pure. */

export interface Question {
  readonly question: string;
  readonly options: readonly string[];
  /** Place of the right option. */
  readonly answer: number;
}

/** The questions of a text in JSON; nothing where it is something else. */
export function quizOf(text: string): Question[] | null {
  if (!text.trimStart().startsWith('{')) return null;
  try {
    const { questions } = JSON.parse(text) as { questions?: unknown };
    return Array.isArray(questions) && questions.length > 0 && questions.every(isQuestion)
      ? questions
      : null;
  } catch {
    return null;
  }
}

function isQuestion(one: unknown): one is Question {
  const { question, options, answer } = (one ?? {}) as Partial<Question>;
  return (
    typeof question === 'string' &&
    Array.isArray(options) &&
    options.every((option) => typeof option === 'string') &&
    typeof answer === 'number' &&
    answer in options
  );
}

export const letterOf = (index: number): string => String.fromCharCode(65 + index);

/** The quiz on a sheet of paper: the questions, then the key to them. */
export function written(questions: readonly Question[], keyTitle: string): string {
  const sheet = questions.map(({ question, options }, index) =>
    [
      `${index + 1}. ${question}`,
      ...options.map((option, at) => `   ${letterOf(at)}. ${option}`),
    ].join('\n'),
  );
  const key = questions.map(({ answer }, index) => `${index + 1} ${letterOf(answer)}`).join(', ');
  return `${sheet.join('\n\n')}\n\n${keyTitle}: ${key}`;
}
