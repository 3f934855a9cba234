/** Words about drafts that saving, holding and changing them answer with. */
export const draftWords = {
  beingPublished:
    'Modulen publiceras just nu. Det du har skrivit finns kvar här. Vänta en minut och spara igen.',
  tooManyRevisions:
    'Delen har sparats så många gånger att det inte går att spara fler versioner. Publicera utkastet och öppna ett nytt.',
  tooManyDrafts: 'Så många utkast är öppna att inget nytt får plats. Publicera eller kasta något först.',
  cancelledByDiscard: 'Utkastet kastades innan det hade publicerats.',
  noSuchPart: 'Delen finns inte i utkastet. Ladda om sidan.',
  cancelledByEdit: 'Utkastet ändrades innan det hade publicerats.',
  unreadable: 'Det som skickades går inte att läsa. Ladda om sidan och försök igen.',
  invalid: 'Det här går inte att spara.',
  signIn: 'Du har loggats ut. Logga in i en ny flik, kom tillbaka hit och spara igen.',
  notAllowed: 'Du har inte rätt att skriva här. Behöver du det, vänd dig till den som sköter konton hos er.',
} as const;
